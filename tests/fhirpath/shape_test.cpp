// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/shape.hpp"

#include <doctest/doctest.h>

using namespace fbss::fhirpath;

namespace {

Shape of(std::initializer_list<const char*> types) {
  Shape shape;
  for (const char* type : types) shape.add(find_model_type(type));
  return shape;
}

}  // namespace

TEST_CASE("a shape holds each type once, and abstract ones are anything") {
  CHECK(of({"Period", "Age", "Period"}).models.size() == 2);
  CHECK(of({"Resource"}).is_anything);
  CHECK(of({"Period", "BackboneElement"}).is_anything);
  CHECK(of({}).is_nothing());
  CHECK(!anything().is_nothing());
  CHECK(!anything().is_known());
}

TEST_CASE("members of a shape") {
  const auto given = elements_of(of({"HumanName"}), "given");
  REQUIRE(given);
  CHECK(given->is_many);
  CHECK(given->models == of({"string"}).models);
  CHECK(!elements_of(of({"HumanName"}), "given1"));
  // It is enough that one of the types has it.
  CHECK(elements_of(of({"HumanName", "Period"}), "start")->models == of({"dateTime"}).models);
  CHECK(elements_of(anything(), "start")->is_anything);
  CHECK(elements_of(of({}), "start")->is_nothing());
  CHECK(elements_of(shape_of(Type::quantity), "unit")->system == set_of(Type::string));
  CHECK(!elements_of(shape_of(Type::string), "unit"));
}

TEST_CASE("a shape narrowed to a type") {
  const Shape value = of({"Age", "Period", "string"});
  CHECK(narrowed(value, *find_type("Period")).models == of({"Period"}).models);
  CHECK(narrowed(value, *find_type("Quantity")).models == of({"Age"}).models);
  CHECK(narrowed(value, *find_type("code")).models == of({"code"}).models);
  CHECK(narrowed(value, *find_type("Money")).models == of({"Money"}).models);
  CHECK(narrowed(anything(), *find_type("FHIR.Patient")).models == of({"Patient"}).models);
  CHECK(narrowed(anything(), *find_type("Resource")).is_anything);
}

TEST_CASE("the System types that items may be read as") {
  CHECK(system_types(of({"code"})) == set_of(Type::string));
  CHECK(system_types(of({"Age", "positiveInt"})) ==
        (set_of(Type::quantity) | set_of(Type::integer)));
  CHECK(system_types(of({"Period"})) == 0);
  CHECK((system_types(anything()) & set_of(Type::time)) != 0);
}

TEST_CASE("a shape in words") {
  CHECK(words_of(of({"Period"})) == "Period");
  CHECK(words_of(of({"Period", "Age"})) == "Age or Period");
  CHECK(words_of(of({"Period", "Age", "Money"})) == "Age, Money or Period");
  CHECK(words_of(of({"Period", "Age", "Money", "Range"})) == "Age, Money or one of 2 other types");
  CHECK(words_of(shape_of(Type::date_time)) == "DateTime");
}

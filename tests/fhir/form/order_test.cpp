// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../form_cases.hpp"
#include "fhir/form/model.hpp"

using namespace fbss;
using form_cases::calculated;
using form_cases::variable;

namespace {

std::string order_of(const std::string& items, const std::string& others = {}) {
  const auto form = Form::load(form_cases::form_of(items, others));
  REQUIRE(form);
  std::string text;
  for (const std::uint32_t item : form->model().calculation_order)
    text += std::string(form->model().items[item].link_id) + ' ';
  return text;
}

std::string with_variable(const std::string& name, const std::string& text) {
  return ",\"extension\":[" + variable(name, text) + ']';
}

std::string group(const std::string& items) {
  return R"({"linkId":"g","type":"group","item":[)" + items + "]}";
}

}  // namespace

TEST_CASE("calculated values come behind those that they read") {
  CHECK(order_of('[' + calculated("a", "%resource.item.where(linkId = 'b').answer.value") + ',' +
                 calculated("b", "%resource.item.where(linkId = 'c').answer.value") + ',' +
                 calculated("c", "1") + ']') == "c b a ");
  // Through a variable, and by a list of linkIds.
  const std::string sum = "%resource.item.where(linkId in ('c' | 'b')).answer.value.sum()";
  CHECK(order_of('[' + calculated("a", "%v") + ',' + calculated("b", "1") + ',' +
                     calculated("c", "2") + ']',
                 with_variable("v", sum)) == "b c a ");
}

TEST_CASE("a group that is read stands for what is in it") {
  const std::string inner = group(calculated("x", "1") + ',' + calculated("y", "2"));
  CHECK(order_of('[' +
                 calculated("sum", "%resource.item.where(linkId = 'g').item.answer.value.sum()") +
                 ',' + inner + ']') == "x y sum ");
  // Passed on the way to an item, it does not.
  CHECK(order_of('[' +
                 calculated("a", "%resource.item.where(linkId = 'g').item.where(linkId = 'y')") +
                 ',' + inner + ']') == "y a x ");
}

TEST_CASE("an expression's reads are those of its variables too") {
  const auto form = Form::load(
      form_cases::form_of(R"([{"linkId":"n","type":"integer"},)" + calculated("a", "%v + 1") + ']',
                          with_variable("v", "%resource.item.where(linkId = 'n').answer.value")));
  REQUIRE(form);
  const auto& model = form->model();
  const auto& expression = model.expressions[model.items[1].calculated_expression];
  CHECK(expression.reads == std::vector<std::uint32_t>{0});
  CHECK(expression.reads_resource);
}

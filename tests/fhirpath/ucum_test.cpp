// SPDX-License-Identifier: Apache-2.0
// Units by a table (from, to, how many of the second the first is), and by laws that hold for all.
#include "fhirpath/ucum.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace fbss;
using fhirpath::ucum::unit_of;

struct Pair {
  const char* from;
  const char* to;
  const char* factor;  // or "no"
};

// How many `to` one `from` is; "no" where they measure different things, "unknown" where one is no
// unit.
std::string factor_between(std::string_view from, std::string_view to) {
  const auto a = unit_of(from), b = unit_of(to);
  if (!a || !b) return "unknown";
  if (a->dimensions != b->dimensions) return "no";
  const auto factor = scaled(Decimal(1), divide(a->factor, b->factor));
  return factor ? factor->to_text() : "too long";
}

constexpr Pair pairs[] = {
    // mass
    {"kg", "g", "1000"},
    {"g", "kg", "0.001"},
    {"ug", "mg", "0.001"},
    {"ng", "kg", "0.000000000001"},
    {"t", "kg", "1000"},
    {"[lb_av]", "g", "453.59237"},
    {"[lb_av]", "[oz_av]", "16"},
    {"[stone_av]", "[lb_av]", "14"},
    {"[oz_av]", "g", "28.349523125"},
    {"[gr]", "mg", "64.79891"},
    {"[lb_av]", "[gr]", "7000"},
    {"[lb_tr]", "[oz_tr]", "12"},
    {"[ston_av]", "[lb_av]", "2000"},
    {"[lton_av]", "[lb_av]", "2240"},
    {"[car_m]", "mg", "200"},
    {"kg", "[lb_av]", "2.20462262"},
    // length, area, volume
    {"cm", "m", "0.01"},
    {"m", "cm", "100"},
    {"dam", "m", "10"},
    {"[in_i]", "cm", "2.54"},
    {"[ft_i]", "[in_i]", "12"},
    {"[mi_i]", "[yd_i]", "1760"},
    {"[mi_i]", "km", "1.609344"},
    {"[mi_us]", "[ft_us]", "5280"},
    {"cm2", "m2", "0.0001"},
    {"m-2", "/m2", "1"},
    {"[Ch]", "mm", "0.33333333"},
    {"[diop]", "/m", "1"},
    {"L", "l", "1"},
    {"L", "dm3", "1"},
    {"mL", "cm3", "1"},
    {"dL", "mL", "100"},
    {"[drp]", "mL", "0.05"},
    {"[gal_us]", "[pt_us]", "8"},
    {"[gal_us]", "[cin_i]", "231"},
    {"[cup_us]", "[tbs_us]", "16"},
    {"[tbs_us]", "[tsp_us]", "3"},
    {"[foz_us]", "mL", "29.5735295625"},
    {"[gal_br]", "L", "4.54609"},
    {"[bu_us]", "[dpt_us]", "64"},
    // time
    {"min", "s", "60"},
    {"h", "min", "60"},
    {"d", "h", "24"},
    {"wk", "d", "7"},
    {"a", "d", "365.25"},
    {"a", "mo", "12"},
    {"mo", "d", "30.4375"},
    {"s", "ms", "1000"},
    {"1/min", "/min", "1"},
    {"Hz", "/min", "60"},
    {"{beats}/min", "/min", "1"},
    // force, pressure, energy
    {"N", "kg.m/s2", "1"},
    {"Pa", "N/m2", "1"},
    {"kPa", "Pa", "1000"},
    {"bar", "kPa", "100"},
    {"mm[Hg]", "Pa", "133.322"},
    {"cm[H2O]", "Pa", "98.0665"},
    {"m[Hg]", "mm[Hg]", "1000"},
    {"atm", "kPa", "101.325"},
    {"[psi]", "[lbf_av]/[in_i]2", "1"},
    {"J", "N.m", "1"},
    {"W", "J/s", "1"},
    {"cal", "J", "4.184"},
    {"[Cal]", "kcal", "1"},
    {"kW.h", "MJ", "3.6"},
    {"[HP]", "[ft_i].[lbf_av]/s", "550"},
    {"[wood'U]", "mm[Hg].min/L", "1"},
    {"[PRU]", "mm[Hg].s/mL", "1"},
    {"[MET]", "mL/min/kg", "3.5"},
    // electricity, radiation
    {"V", "J/C", "1"},
    {"A", "C/s", "1"},
    {"Ohm", "V/A", "1"},
    {"S", "/Ohm", "1"},
    {"F", "C/V", "1"},
    {"T", "Wb/m2", "1"},
    {"H", "Wb/A", "1"},
    {"G", "T", "0.0001"},
    {"lx", "lm/m2", "1"},
    {"Ci", "Bq", "37000000000"},
    {"Gy", "RAD", "100"},
    {"Sv", "mSv", "1000"},
    // amounts
    {"mol", "mmol", "1000"},
    {"mmol/L", "umol/mL", "1"},
    {"kat", "mol/s", "1"},
    {"U", "umol/min", "1"},
    {"U/L", "nkat/L", "16.66666667"},
    {"mosm/kg", "mmol/kg", "1"},
    {"meq/L", "eq/m3", "1"},
    {"mol", "1", "no"},
    {"meq/L", "mmol/L", "no"},
    {"mg/dL", "mmol/L", "no"},
    {"g%", "g/dL", "1"},
    {"mg/dL", "ug/mL", "10"},
    // numbers
    {"%", "[ppth]", "10"},
    {"[ppm]", "[ppb]", "1000"},
    {"1", "%", "100"},
    {"10*3", "1000", "1"},
    {"10*3/uL", "10*9/L", "1"},
    {"10^6", "10*6", "1"},
    {"10*-3", "[ppth]", "1"},
    {"/100{WBC}", "%", "1"},
    {"{score}", "1", "1"},
    {"mL/min/{1.73_m2}", "mL/min", "1"},
    {"g{wet}", "g", "1"},
    // angles
    {"deg", "'", "60"},
    {"circ", "deg", "360"},
    {"gon", "deg", "0.9"},
    {"deg", "rad", "0.017453293"},
    // arbitrary and special units
    {"[iU]", "[IU]", "1"},
    {"k[iU]", "[iU]", "1000"},
    {"m[IU]/L", "u[iU]/mL", "1"},
    {"[iU]", "1", "no"},
    {"[iU]", "U", "no"},
    {"[iU]", "[arb'U]", "no"},
    {"[beth'U]", "[arb'U]", "no"},
    {"[LPF]", "[HPF]", "no"},
    {"[HPF]", "1", "no"},
    {"B", "dB", "10"},
    {"dB", "1", "no"},
    {"[pH]", "mol/L", "no"},
    {"[pH]", "[pH]", "1"},
    // different things
    {"kg", "m", "no"},
    {"m", "m2", "no"},
    {"s", "1", "no"},
    {"rad", "1", "no"},
    {"Pa", "J", "no"},
    // expressions
    {"mg/(kg.d)", "mg/kg/d", "1"},
    {"mg/kg.d", "mg.d/kg", "1"},
    {"/(12.h)", "/h/12", "1"},
    {"a/(b/(m.s))", "a.m.s/b", "1"},
    {"m/s/s", "m.s-2", "1"},
    {"m+2", "m2", "1"},
    {"100.mL", "dL", "1"},
    {"KiBy", "By", "1024"},
    {"MiBy", "KiBy", "1024"},
    {"By", "bit", "8"},
    // no units: no such code, wrong case, prefixes where none may stand, broken expressions
    {"xyz", "xyz", "unknown"},
    {"KG", "kg", "unknown"},
    {"ML", "mL", "1000000000"},
    {"kmin", "min", "unknown"},
    {"m[lb_av]", "g", "unknown"},
    {"kkg", "g", "unknown"},
    {"", "1", "unknown"},
    {"/", "1", "unknown"},
    {"m/", "m", "unknown"},
    {"m..s", "m", "unknown"},
    {".m", "m", "unknown"},
    {"(m", "m", "unknown"},
    {"m)", "m", "unknown"},
    {"()", "1", "unknown"},
    {"(m)2", "m2", "unknown"},
    {"m-", "m", "unknown"},
    {"m^2", "m2", "unknown"},
    {"m2s", "m2.s", "unknown"},
    {"m{a", "m", "unknown"},
    {"m{a{b}}", "m", "unknown"},
    {"[in_i", "m", "unknown"},
    {"m 2", "m", "unknown"},
    {"0", "1", "unknown"},
    {"\xC2\xB5g", "ug", "unknown"},
    // special units stand alone, once
    {"Cel", "Cel/m", "unknown"},
    {"Cel2", "Cel", "unknown"},
    {"/Cel", "Cel", "unknown"},
    {"[pH]/L", "[pH]", "unknown"},
    // what 64 bits do not hold is no unit rather than a wrong one
    {"[in_i]99", "m99", "unknown"},
    {"m100", "m", "unknown"},
};

constexpr const char* metric[] = {"m", "g", "s", "L", "mol", "Pa", "J", "Hz", "eq", "U", "[iU]"};

}  // namespace

TEST_CASE("pairs of units") {
  for (const Pair& pair : pairs)
    CHECK_MESSAGE(factor_between(pair.from, pair.to) == pair.factor, pair.from, " in ", pair.to);
}

TEST_CASE("conversion is symmetric, and back again gives the unit itself") {
  for (const Pair& pair : pairs) {
    const auto a = unit_of(pair.from), b = unit_of(pair.to);
    if (!a || !b) continue;
    CHECK((factor_between(pair.from, pair.to) == "no") ==
          (factor_between(pair.to, pair.from) == "no"));
    CHECK(factor_between(pair.from, pair.from) == "1");
    const fhirpath::Ratio there = divide(a->factor, b->factor), back = divide(b->factor, a->factor);
    CHECK_MESSAGE((there.over == back.under && there.under == back.over && there.ten == -back.ten),
                  pair.from);
  }
}

TEST_CASE("a prefix multiplies every metric unit alike") {
  struct Prefix {
    const char* prefix;
    int ten;
  };
  constexpr Prefix prefixes[] = {{"Y", 24},  {"Z", 21},  {"E", 18},  {"P", 15},  {"T", 12},
                                 {"G", 9},   {"M", 6},   {"k", 3},   {"h", 2},   {"da", 1},
                                 {"d", -1},  {"c", -2},  {"m", -3},  {"u", -6},  {"n", -9},
                                 {"p", -12}, {"f", -15}, {"a", -18}, {"z", -21}, {"y", -24}};
  for (const char* unit : metric)
    for (const Prefix& prefix : prefixes) {
      const std::string code = std::string(prefix.prefix) + unit;
      const auto with = unit_of(code), without = unit_of(unit);
      REQUIRE_MESSAGE(with, code);
      REQUIRE(without);
      CHECK_MESSAGE(with->dimensions == without->dimensions, code);
      const fhirpath::Ratio ratio = divide(with->factor, without->factor);
      CHECK_MESSAGE((ratio.over == ratio.under && ratio.ten == prefix.ten), code);
      // A power of the unit takes the power of the prefix.
      const auto square = unit_of(code + "2");
      REQUIRE(square);
      CHECK(square->factor.ten == 2 * with->factor.ten);
    }
}

TEST_CASE("temperatures have an offset") {
  const auto celsius = unit_of("Cel"), kelvin = unit_of("K"), fahrenheit = unit_of("[degF]");
  REQUIRE((celsius && kelvin && fahrenheit));
  CHECK(celsius->has_offset());
  CHECK(fahrenheit->has_offset());
  CHECK_FALSE(kelvin->has_offset());
  CHECK(celsius->dimensions == kelvin->dimensions);
  CHECK(fahrenheit->dimensions == kelvin->dimensions);
  CHECK_FALSE(unit_of("[degR]")->has_offset());
}

TEST_CASE("long and deep expressions are bounded") {
  CHECK_FALSE(unit_of(std::string(100'000, 'm')));
  CHECK_FALSE(unit_of(std::string(100'000, '(')));
  CHECK_FALSE(unit_of(std::string(40, '(') + "m" + std::string(40, ')')));
  CHECK(unit_of(std::string(20, '(') + "m" + std::string(20, ')')));
  CHECK(unit_of("m.m.m.m.m.m.m.m.m.m.m.m"));
  CHECK_FALSE(unit_of("m.m.m.m.m.m.m.m.m.m.m.m.m"));
  CHECK_FALSE(unit_of("m99.m99"));
  CHECK_FALSE(unit_of("10000000000000000000"));
}

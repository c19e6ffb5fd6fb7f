// SPDX-License-Identifier: Apache-2.0
// What the hand-written rules of the second evaluator are made of: three truth values, and how an
// answer gives one. Nothing of fbss is included here, on purpose.
#pragma once

#include <optional>
#include <string>

#include "second_evaluator.hpp"

namespace second {

enum class Truth { no, open, yes };

Truth both(Truth a, Truth b);
Truth either(Truth a, Truth b);
Truth negated(Truth a);

/// The recorded value; empty for unknown, declined, and no answer at all.
std::string recorded(const Answers& answers, const std::string& id);

/// Is the answer this one? Open while there is none.
Truth is(const Answers& answers, const std::string& id, const std::string& value);
Truth yes(const Answers& answers, const std::string& id);
Truth no(const Answers& answers, const std::string& id);

/// Is this one of the options that were chosen? Open while there is no answer.
Truth includes(const Answers& answers, const std::string& id, const std::string& option);

/// The recorded number; nothing while there is none.
std::optional<int> number(const Answers& answers, const std::string& id);
Truth less(std::optional<int> a, int b);
Truth more(std::optional<int> a, int b);

/// The status of a rule from its gate and its condition.
std::string status(Truth applies, Truth present);
std::string always(Truth present);

}  // namespace second

// SPDX-License-Identifier: Apache-2.0
// Hides what a list of a record holds, in place, so that whoever walks through the record finds it
// empty; and shows it again. In: a list within a Document that the caller may change. For a form's
// answers to questions that are not enabled: making a new record without them would cost a copy.
//
// Only walks over members and elements are fooled; `skip` still leads over the whole list.
#pragma once

#include "json/node.hpp"

namespace fbss::json {

/// The list reads as empty.
void hide(const Node& list);

/// The list reads as having so many elements, as before hide().
void show(const Node& list, std::uint32_t size);

/// Gives the record a new number (Node::stamp), so that nothing that was remembered of it counts
/// any more. `root` is the Document's.
void renew(const Node& root);

}  // namespace fbss::json

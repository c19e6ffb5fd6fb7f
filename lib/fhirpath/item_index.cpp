// SPDX-License-Identifier: Apache-2.0
// See item_index.hpp. An item lies anywhere below the Questionnaire; only items have a linkId.
#include "fhirpath/item_index.hpp"

namespace fbss::fhirpath {

void ItemIndex::enter(const json::Node& questionnaire) {
  static const json::Key key("linkId");
  stamp_ = questionnaire.stamp();
  items_.clear();
  for (const json::Node* node = &questionnaire; node != &questionnaire + questionnaire.skip;
       ++node) {
    const json::Node* link_id = node->kind == JsonKind::object ? node->find(key) : nullptr;
    if (link_id && link_id->kind == JsonKind::string) items_.emplace(link_id->text_view(), node);
  }
}

}  // namespace fbss::fhirpath

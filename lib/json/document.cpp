// SPDX-License-Identifier: Apache-2.0
// Document and JsonNode: the public face of read.cpp and node.hpp.
#include <fbss/document.hpp>

#include "json/node.hpp"
#include "json/store.hpp"

namespace fbss {

JsonKind JsonNode::kind() const {
  return node_ ? node_->kind : JsonKind::null;
}

bool JsonNode::boolean() const {
  return node_ && node_->boolean;
}

std::string_view JsonNode::text() const {
  return node_ && !node_->is_container() ? node_->text_view() : std::string_view();
}

std::string_view JsonNode::key() const {
  return node_ ? node_->key_view() : std::string_view();
}

std::size_t JsonNode::size() const {
  return node_ && node_->is_container() ? node_->text_length : 0;
}

JsonNode JsonNode::find(std::string_view key) const {
  return JsonNode(node_ ? node_->find(key) : nullptr);
}

JsonNode JsonNode::first() const {
  return JsonNode(node_ ? node_->first() : nullptr);
}

JsonNode JsonNode::next() const {
  return JsonNode(node_ ? node_->next() : nullptr);
}

Document::Document() = default;
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

Result<void> Document::parse(std::string_view json, const Limits& limits) {
  if (!store_) store_ = std::make_unique<json::Store>();
  return json::read(*store_, json, limits);
}

JsonNode Document::root() const {
  return JsonNode(store_ ? store_->root : nullptr);
}

}  // namespace fbss

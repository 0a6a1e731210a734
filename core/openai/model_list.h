#pragma once

#include "sluice/base/json.h"

#include <QtCore/QList>
#include <QtCore/QString>

namespace sluice::openai {

/// A model that a server lists.
struct ListedModel {
    ListedModel() = default; // no aggregate: see DESIGN.md 3
    QString id;
    QString description; ///< whose it is, how much it takes; empty when the server says nothing
    bool operator==(const ListedModel &) const = default;
};

/// What `GET /models` answers: OpenAI's list, a bare list, or the original middleware's map of pipelines (openai.md 2, 6.5), in the
/// server's order. Protocol when it is none of them. Entries without a usable id are left out, and so is one that comes again.
[[nodiscard]] Expected<QList<ListedModel>> readModelList(const QByteArray &body);

} // namespace sluice::openai

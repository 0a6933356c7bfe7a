// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringView>

#include <compare>
#include <functional>
#include <optional>

namespace planb {

/// A typed row id. Its text form carries a one-letter prefix ("c12"), so that an id of another kind
/// is refused instead of naming an unrelated row. Row ids start at 1; a default id names nothing.
template<class Tag>
class Id
{
public:
    constexpr Id() = default;
    constexpr explicit Id(qint64 value) : m_value(value) {}

    constexpr bool isValid() const { return m_value > 0; }
    constexpr qint64 value() const { return m_value; }

    QString toString() const { return QString(QChar(Tag::kPrefix)) + QString::number(m_value); }

    static std::optional<Id> fromString(QStringView text)
    {
        if (text.size() < 2 || text.size() > 20 || text.front() != QChar(Tag::kPrefix))
            return {};
        bool ok = false;
        const qint64 value = text.sliced(1).toLongLong(&ok);
        // The round trip refuses "+1", "01" and other spellings of a number.
        if (!ok || value <= 0 || Id(value).toString() != text)
            return {};
        return Id(value);
    }

    constexpr auto operator<=>(const Id &) const = default;

private:
    qint64 m_value = 0;
};

template<class Tag>
size_t qHash(const Id<Tag> &id, size_t seed = 0) noexcept
{
    return ::qHash(id.value(), seed);
}

struct ContactTag {
    static constexpr char16_t kPrefix = u'c';
};
struct ConversationTag {
    static constexpr char16_t kPrefix = u'v';
};
struct MessageTag {
    static constexpr char16_t kPrefix = u'm';
};
struct TransportTag {
    static constexpr char16_t kPrefix = u't';
};
struct AttemptTag {
    static constexpr char16_t kPrefix = u'a';
};

using ContactId = Id<ContactTag>;
using ConversationId = Id<ConversationTag>;
using MessageId = Id<MessageTag>;
using TransportId = Id<TransportTag>;
using AttemptId = Id<AttemptTag>;

} // namespace planb

template<class Tag>
struct std::hash<planb::Id<Tag>> {
    std::size_t operator()(const planb::Id<Tag> &id) const noexcept { return std::hash<qint64>{}(id.value()); }
};

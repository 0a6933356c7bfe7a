// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

namespace planb {

/// Writes one value in the form that parseCbor() accepts: deterministic CBOR (RFC 8949, section 4.2.1), so the same
/// values give the same bytes everywhere and can be signed.
///
/// Numbers and lengths are as short as they can be by themselves. The caller sees to the rest, which is a matter of
/// the order of its lines: a container gets as many elements as were promised, keys of a map ascend and are never
/// negative (then ascending numbers are ascending bytes). take() asserts it.
class CborWriter
{
public:
    void array(qsizetype elements) { head(4, static_cast<quint64>(elements)); }
    void map(qsizetype pairs) { head(5, static_cast<quint64>(pairs)); }
    /// Also for keys. Up to 2^63 - 1.
    void number(quint64 value) { head(0, value); }
    void bytes(QByteArrayView value);
    void text(QStringView value);
    void boolean(bool value) { m_out.append(value ? '\xF5' : '\xF4'); }

    qsizetype size() const { return m_out.size(); }
    /// What was written, which has to be one whole value of no more than `kMaxBytes` and four levels.
    QByteArray take();

    static constexpr qsizetype kMaxBytes = 64 * 1024;

private:
    void head(quint8 major, quint64 argument);

    QByteArray m_out;
};

} // namespace planb

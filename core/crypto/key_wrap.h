// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/secret_bytes.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace planb {

/// What one guess at a passphrase costs (Argon2id, RFC 9106; one lane).
struct PassphraseCost {
    quint64 operations = 3; ///< passes over the memory, 1 to 16
    quint64 memoryBytes = 256ULL * 1024 * 1024; ///< 8 KiB to 1 GiB
};

/// The longest passphrase, in bytes of UTF-8.
inline constexpr qsizetype kMaxPassphraseBytes = 1024;

/// Seals `key` with a passphrase. The object that comes back holds everything unwrapKey() needs and no secret:
/// version, Argon2id's parameters and salt, a commitment to the derived key, nonce and sealed bytes
/// (XChaCha20-Poly1305 with all the rest as associated data). `context` says what the key belongs to; the same
/// is needed to open it.
///
/// The passphrase is brought into NFC and then into UTF-8, so that it is the same from every keyboard.
/// Slow by intent: about a second and `cost.memoryBytes` of memory. Never call it on the core thread.
/// Fails with InvalidArgument for an empty or overlong passphrase or a cost out of range, and with
/// StoreUnavailable when the system refuses the memory.
Result<QJsonObject> wrapKey(const SecretBytes &key, const QString &passphrase, const QByteArray &context,
                            const PassphraseCost &cost = {});

/// Opens what wrapKey() made, with the same slowness. Fails with WrongPassphrase; with ProfileDamaged when `wrapped`
/// is not in the form wrapKey() writes, asks for more than the allowed cost, or was changed; with StoreTooNew when
/// a later version made it; with StoreUnavailable when the system refuses the memory.
Result<SecretBytes> unwrapKey(const QJsonObject &wrapped, const QString &passphrase, const QByteArray &context);

} // namespace planb

// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "transports/xmpp/element.h"
#include "transports/xmpp/sasl.h"

#include <QString>

#include <optional>

namespace planb::xmpp {

/// What a server offers to do in one go with the login: XEP-0388, with XEP-0386 and XEP-0198 inside.
struct Sasl2Offer {
    SaslOffer sasl;
    bool resumes = false; ///< a lost stream
    bool bindsManaged = false; ///< a resource, with stream management switched on
    bool enablesCopies = false; ///< XEP-0280
    bool knowsClientState = false; ///< XEP-0352

    /// Nothing where there is no such offer.
    static std::optional<Sasl2Offer> parse(const Element &features);

    /// Whether this way loses nothing against the older profile: it binds with stream management, and offers no
    /// weaker mechanisms than `older`. `endPoint`: see chooseMechanism().
    bool isWorthUsing(const SaslOffer &older, const std::optional<QByteArray> &endPoint) const;
};

/// What is wanted in one go with the login.
struct Sasl2Wishes {
    QString installation; ///< a UUID of this installation and account, so that the server knows it again
    bool copies = false;
    std::optional<Element> resume; ///< a lost stream; where that fails a resource is bound all the same
};

// The mechanisms speak the older profile (RFC 6120, section 6); these put it into the words of the newer.
/// `<authenticate/>` for `<auth/>`.
Element authenticateElement(const Element &auth, const Sasl2Wishes &wishes);
/// `<response/>` for the same of the older profile.
Element newerResponse(const Element &response);
/// `<challenge/>`, `<success/>` and `<failure/>` as the older profile has them. MechanismNotOffered where the server asks
/// for more than the password (`<continue/>`); ProtocolError for all else.
Result<Element> olderAnswer(const Element &answer);

/// What became of the wishes.
struct Sasl2Success {
    QString jid; ///< full where a resource was bound
    bool isBound = false;
    bool hasCopies = false; ///< the server says so; where it does not they can be asked for once more
    std::optional<Element> enabled; ///< of stream management, for what was bound
    std::optional<Element> resumed;
    std::optional<Element> failed; ///< the stream to resume is gone

    static Sasl2Success parse(const Element &success);
};

/// The id for Sasl2Wishes: always the same for the same two.
QString installationId(const QString &bareJid, const QString &resource);

} // namespace planb::xmpp

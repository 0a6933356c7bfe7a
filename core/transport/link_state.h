// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/failure.h"

#include <QList>
#include <QString>

#include <optional>

namespace planb {

/// State of a transport's live connection. Computed by the transport from facts, never assigned.
///
/// | phase      | means                                                        | left by                          |
/// |------------|--------------------------------------------------------------|----------------------------------|
/// | Off        | stopped                                                      | start()                          |
/// | Connecting | name look-up, TCP, TLS, login under way                      | success, failure, time-out       |
/// | Ready      | logged in and answering                                      | silence, loss                    |
/// | Suspect    | logged in, but an answer is overdue; a probe is on its way   | any answer, or silence: Waiting  |
/// | Waiting    | failed; tries again by itself at `retryAt`                   | the time comes, nudge()          |
/// | Blocked    | failed in a way that trying again cannot help                | new settings, nudge()            |
enum class LinkPhase { Off, Connecting, Ready, Suspect, Waiting, Blocked };

QString nameOf(LinkPhase phase);

/// Something the user should know of a server although the link works.
struct LinkWarning {
    enum class Code {
        CertificateReplaced, ///< another key long before its time, or from another issuer: a new server, or somebody else's
        LoginWeakened, ///< the best way to log in that the server offers is weaker than the best so far
    };
    Code code = Code::CertificateReplaced;
    QString detail;
    WallTime since;

    bool operator==(const LinkWarning &) const = default;
};

QString nameOf(LinkWarning::Code code);

struct LinkState {
    LinkPhase phase = LinkPhase::Off;
    std::optional<Failure> failure; ///< set in Waiting, Blocked, and in Connecting after a failure
    std::optional<WallTime> retryAt; ///< set in Waiting
    std::optional<Micros> rtt; ///< smoothed round trip to the server, when measured
    QList<LinkWarning> warnings = {}; ///< never in Off

    bool operator==(const LinkState &) const = default;
};

} // namespace planb

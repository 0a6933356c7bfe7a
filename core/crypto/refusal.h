// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace planb {

/// Why an envelope was not made or not opened. None of them changes a state: whoever gets one goes on with what it had.
///
/// | refusal       | means                                                              | what to do           |
/// |---------------|--------------------------------------------------------------------|----------------------|
/// | Malformed     | no envelope, or one that no PlanB makes                            | drop, count          |
/// | LaterVersion  | an envelope of a later version, type or suite                      | keep; tell the user  |
/// | NotForUs      | a greeting to another device, or to one that we no longer are      | drop, count          |
/// | NotAuthentic  | its author is not who it says, or not the one that this set is for | drop, count          |
/// | PrekeyGone    | a greeting under a prekey that is deleted                          | greet back with a fresh session, ask again |
/// | Replayed      | a greeting that was opened long ago; its session is gone           | drop                 |
/// | NoSession     | no session here fits                                               | try others; keep; greet, ask again |
/// | AlreadyOpened | its key was used, or given up as one of too many                   | acknowledge as a repeat |
/// | TooFarAhead   | more messages before it are missing than are waited for            | as NoSession         |
/// | Damaged       | the header opens, the rest does not: somebody changed it           | drop, count          |
/// | TooLarge      | (making) the content does not fit into the largest bucket          | refuse the message   |
/// | Exhausted     | (making) there is no session, or its numbers are used up           | begin one            |
enum class Refusal {
    Malformed,
    LaterVersion,
    NotForUs,
    NotAuthentic,
    PrekeyGone,
    Replayed,
    NoSession,
    AlreadyOpened,
    TooFarAhead,
    Damaged,
    TooLarge,
    Exhausted,
};
QString nameOf(Refusal refusal); ///< "Malformed", …; for logs and counters

template<class T>
using Judged = Expected<T, Refusal>;

inline Unexpected<Refusal> refuse(Refusal refusal)
{
    return Unexpected<Refusal>(refusal);
}

} // namespace planb

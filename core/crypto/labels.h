// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <span>

namespace planb {

/// What a hash is made for. Two uses never share a label, so that what was made for one can never stand in for another.
enum class Label {
    SignCard,
    SignDevice,
    SignCertificate,
    SignOneTimeKey,
    Seal,
    Session,
    Agreement,
    FirstRoot,
    FirstHeadOfInitiator,
    FirstHeadOfResponder,
    RootStep,
    RootKey,
    RootChain,
    RootHead,
    ChainMessage,
    ChainNext,
    Envelope,
    SafetyNumber,
};

struct LabelText {
    Label label;
    const char *text; ///< at most kMaxLabelBytes ASCII characters
};

inline constexpr qsizetype kMaxLabelBytes = 16;

/// All of them, in the order of the enumeration; docs/protocol.md holds the same table.
std::span<const LabelText> allLabels();
QByteArrayView textOf(Label label);

} // namespace planb

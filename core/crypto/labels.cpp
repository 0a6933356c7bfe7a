// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/labels.h"

#include <array>
#include <string_view>

namespace planb {

namespace {

constexpr std::array kTable{
    LabelText{Label::SignCard, "PB1/sig/card"},
    LabelText{Label::SignDevice, "PB1/sig/device"},
    LabelText{Label::SignCertificate, "PB1/sig/cert"},
    LabelText{Label::SignOneTimeKey, "PB1/sig/onetime"},
    LabelText{Label::Seal, "PB1/seal"},
    LabelText{Label::Session, "PB1/session"},
    LabelText{Label::Agreement, "PB1/x3dh"},
    LabelText{Label::FirstRoot, "PB1/init/root"},
    LabelText{Label::FirstHeadOfInitiator, "PB1/init/head/a"},
    LabelText{Label::FirstHeadOfResponder, "PB1/init/head/b"},
    LabelText{Label::RootStep, "PB1/root"},
    LabelText{Label::RootKey, "PB1/root/key"},
    LabelText{Label::RootChain, "PB1/root/chain"},
    LabelText{Label::RootHead, "PB1/root/head"},
    LabelText{Label::ChainMessage, "PB1/chain/msg"},
    LabelText{Label::ChainNext, "PB1/chain/next"},
    LabelText{Label::Envelope, "PB1/envelope"},
    LabelText{Label::SafetyNumber, "PB1/safety"},
};

constexpr bool isSound()
{
    for (std::size_t i = 0; i < kTable.size(); ++i) {
        if (static_cast<std::size_t>(kTable[i].label) != i || std::string_view(kTable[i].text).size() > kMaxLabelBytes)
            return false;
        for (std::size_t k = 0; k < i; ++k) {
            if (std::string_view(kTable[k].text) == kTable[i].text)
                return false;
        }
    }
    return true;
}
static_assert(isSound());

} // namespace

std::span<const LabelText> allLabels()
{
    return kTable;
}

QByteArrayView textOf(Label label)
{
    return kTable.at(static_cast<std::size_t>(label)).text;
}

} // namespace planb

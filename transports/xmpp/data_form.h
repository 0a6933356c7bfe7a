// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/account_form.h"
#include "transports/xmpp/element.h"

namespace planb::xmpp {

/// The questions of a data form (XEP-0004), with pictures (XEP-0221) whose bytes are in `<data/>` (XEP-0231) among the
/// children of `around`. Fields that cannot be answered are left out; texts are cut at kMaxFormText characters.
QList<FormField> readDataForm(const Element &form, const Element &around);
inline constexpr qsizetype kMaxFormText = 2'000;

/// `<x type='submit'/>` with these answers.
Element submitDataForm(const FormAnswers &answers);

/// The URL if it is one of http or https, else empty.
QString webUrl(const QString &text);

} // namespace planb::xmpp

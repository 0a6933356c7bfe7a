// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/transport_factory.h"

namespace planb {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<AccountErrand>> TransportFactory::accountErrand(const AccountRequest &)
{
    return fail(FailureCode::NotSupported, u"no kind of transport here makes accounts"_s);
}

Result<Invitation> TransportFactory::invitation(const QString &) const
{
    return fail(FailureCode::InvalidArgument, u"this is no invitation"_s);
}

} // namespace planb

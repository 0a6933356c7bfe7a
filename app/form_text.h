// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/transport/account_form.h"

#include <QString>
#include <QStringList>

namespace planb::ctl {

/// A server's form as text: what it says, its questions, and as ready `--answer` words whatever it wants back as it is.
/// `pictures` are the files in which what came along with the form was saved, in its order; may be empty.
QString formText(const AccountForm &form, const QStringList &pictures);

/// Writes what came along with the form as picture-1.png, picture-2.jpg, … into an existing folder, over what is there.
/// Only the kind of the data is taken from the server, never a name. The paths, or why it failed.
Expected<QStringList, QString> savePictures(const AccountForm &form, const QString &folder);

} // namespace planb::ctl

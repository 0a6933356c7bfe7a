// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/transport.h"

namespace planb {

Transport::Transport(TransportId id, QObject *parent) : QObject(parent), m_id(id) {}

Transport::~Transport() = default;

} // namespace planb

// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/termination.h"

#include <QMetaObject>

#include <atomic>

#include <windows.h>

namespace planb {

namespace {

std::atomic<Termination *> s_instance{nullptr};
std::atomic<bool> s_isRequested{false};

// Called by the system on a thread of its own.
BOOL WINAPI onConsoleEvent(DWORD)
{
    if (s_isRequested.exchange(true))
        return FALSE;
    Termination *instance = s_instance;
    if (!instance)
        return FALSE;
    QMetaObject::invokeMethod(instance, &Termination::requested, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

Termination::Termination(QObject *parent) : QObject(parent)
{
    s_instance = this;
    SetConsoleCtrlHandler(onConsoleEvent, TRUE);
}

Termination::~Termination()
{
    SetConsoleCtrlHandler(onConsoleEvent, FALSE);
    s_instance = nullptr;
}

bool Termination::isRequested()
{
    return s_isRequested;
}

int Termination::descriptor()
{
    return -1;
}

} // namespace planb

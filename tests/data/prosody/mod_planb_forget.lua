-- SPDX-FileCopyrightText: 2026 The PlanB contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- For tests: a server that accepts messages, acknowledges them like any other (XEP-0198) and then forgets them.
-- It does so as long as the file planb_forget_while_there names exists.
local mark = module:get_option_string("planb_forget_while_there")

local function forget()
    local file = mark and io.open(mark)
    if not file then
        return nil
    end
    file:close()
    return true -- handled: nobody else sees the message, the archive neither
end

for _, kind in ipairs({ "bare", "full", "host" }) do
    module:hook("pre-message/" .. kind, forget, 1000000)
end

// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/code_text.h"

#include <algorithm>
#include <cctype>

namespace planb::architecture {
namespace {

bool isNamePart(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool isDigit(char c)
{
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

std::string_view trimmedFront(std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t");
    return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

/// The name or number that ends just before `position`.
std::string_view wordBefore(std::string_view source, std::size_t position)
{
    std::size_t start = position;
    while (start > 0 && (isNamePart(source[start - 1]) || source[start - 1] == '\''))
        --start;
    return source.substr(start, position - start);
}

/// Where the literal, comment or single character at `start` ends (one past it).
std::size_t endOfRawString(std::string_view source, std::size_t start)
{
    const std::size_t open = source.find('(', start);
    if (open == std::string_view::npos)
        return source.size();
    const std::string close = ")" + std::string(source.substr(start + 1, open - start - 1)) + "\"";
    const std::size_t end = source.find(close, open);
    return end == std::string_view::npos ? source.size() : end + close.size();
}

std::size_t endOfQuoted(std::string_view source, std::size_t start)
{
    for (std::size_t i = start + 1; i < source.size(); ++i) {
        if (source[i] == '\\')
            ++i;
        else if (source[i] == source[start] || source[i] == '\n')
            return i + 1;
    }
    return source.size();
}

/// One past the comment or literal that starts at `start`, or `start` if there is none.
std::size_t endOfBlank(std::string_view source, std::size_t start)
{
    const std::string_view rest = source.substr(start);
    if (rest.starts_with("//"))
        return std::min(source.find('\n', start), source.size());
    if (rest.starts_with("/*")) {
        const std::size_t end = source.find("*/", start + 2);
        return end == std::string_view::npos ? source.size() : end + 2;
    }
    const std::string_view prefix = wordBefore(source, start);
    if (rest.starts_with('"'))
        return prefix.ends_with('R') ? endOfRawString(source, start) : endOfQuoted(source, start);
    const bool separatesDigits = !prefix.empty() && isDigit(prefix.front());
    if (rest.starts_with('\'') && !separatesDigits)
        return endOfQuoted(source, start);
    return start;
}

} // namespace

std::vector<Include> includesOf(std::string_view source)
{
    std::vector<Include> found;
    int line = 0;
    while (!source.empty()) {
        ++line;
        const std::size_t end = std::min(source.find('\n'), source.size());
        std::string_view rest = trimmedFront(source.substr(0, end));
        source.remove_prefix(std::min(end + 1, source.size()));
        if (!rest.starts_with('#'))
            continue;
        rest = trimmedFront(rest.substr(1));
        if (!rest.starts_with("include"))
            continue;
        rest = trimmedFront(rest.substr(std::string_view("include").size()));
        const bool quoted = rest.starts_with('"');
        const std::size_t close = rest.find(quoted ? '"' : '>', 1);
        if ((quoted || rest.starts_with('<')) && close != std::string_view::npos)
            found.push_back({std::string(rest.substr(1, close - 1)), quoted, line});
    }
    return found;
}

std::string withoutCommentsAndStrings(std::string_view source)
{
    std::string code(source);
    std::size_t i = 0;
    while (i < source.size()) {
        const std::size_t end = endOfBlank(source, i);
        std::replace_if(
            code.begin() + static_cast<std::ptrdiff_t>(i), code.begin() + static_cast<std::ptrdiff_t>(end),
            [](char c) { return c != '\n'; }, ' ');
        i = std::max(end, i + 1);
    }
    return code;
}

std::vector<int> linesWithWord(std::string_view code, std::string_view word)
{
    std::vector<int> lines;
    for (std::size_t at = code.find(word); at != std::string_view::npos; at = code.find(word, at + word.size())) {
        const std::size_t after = at + word.size();
        const bool startsInside = at > 0 && isNamePart(code[at - 1]);
        const bool endsInside = isNamePart(word.back()) && after < code.size() && isNamePart(code[after]);
        if (!startsInside && !endsInside)
            lines.push_back(
                1 + static_cast<int>(std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n')));
    }
    return lines;
}

} // namespace planb::architecture

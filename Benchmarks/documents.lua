-- Writes to `documents` documents in turn, with the lock tokens in `tokens`, if there are any; or `reads` them.
local number = 0
local pad = string.rep("x", 100)
local lines = {}
init = function()
    for name, value in pairs(wrk.headers) do
        lines[#lines + 1] = name .. ": " .. value .. "\r\n"
    end
    lines = table.concat(lines)
end
request = function()
    number = number + 1
    local place = number % documents
    if reads then
        return string.format("GET /documents/%d.json HTTP/1.1\r\n%s\r\n", place, lines)
    end
    local body = string.format('{"id":%d,"change":%d,"text":"a document that is written again and again","pad":"%s"}', place, number, pad)
    local token = tokens and "If: (<" .. tokens[place + 1] .. ">)\r\n" or ""
    return string.format("PUT /documents/%d.json HTTP/1.1\r\n%s%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
        place, lines, token, #body, body)
end

-- Creates orders, each under a key of its own that begins with `run`.
local body = '{"item":"tea","amount":3,"note":"an order, as an API would take it"}'
local number, head = 0, nil
init = function()
    local lines = {}
    for name, value in pairs(wrk.headers) do
        lines[#lines + 1] = name .. ": " .. value .. "\r\n"
    end
    head = string.format('POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\nIdempotency-Key: "%s-',
        wrk.path, table.concat(lines), #body, run)
end
request = function()
    number = number + 1
    return head .. number .. '"\r\n\r\n' .. body
end

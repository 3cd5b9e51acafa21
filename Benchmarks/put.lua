-- Writes to 256 documents in turn, so that hardly two connections write to the same one.
local number = 0
request = function()
    number = (number + 1) % 256
    local body = string.format('{"id":%d,"text":"a document that is written again and again","pad":"%s"}', number, string.rep("x", 100))
    return wrk.format("PUT", "/files/" .. number .. ".json", { ["Content-Type"] = "application/json" }, body)
end

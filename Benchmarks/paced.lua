-- Each connection rests 8 to 12 ms before each request: nearly the same load whoever answers, far below anyone's limit.
delay = function()
    return math.random(8, 12)
end

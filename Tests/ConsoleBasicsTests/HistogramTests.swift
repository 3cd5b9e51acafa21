import ConsoleBasics
import Testing

struct HistogramTests {
    @Test func `quantiles lie within the bucket that holds them`() {
        let histogram = Histogram(bounds: [0.1, 0.2, 0.4], counts: [10, 10, 0, 0], sum: 2)
        #expect(histogram.quantile(0.5) == 0.1)
        #expect(abs((histogram.quantile(0.75) ?? 0) - 0.15) < 1e-9)
        #expect(histogram.quantile(1) == 0.2)
    }

    @Test func `above the last bound the answer is that bound`() {
        #expect(Histogram(bounds: [0.1], counts: [0, 5], sum: 9).quantile(0.5) == 0.1)
    }

    @Test func `nothing has no quantile`() {
        #expect(Histogram(bounds: [0.1]).quantile(0.5) == nil)
        #expect(Histogram(bounds: []).quantile(0.5) == nil)
    }

    @Test func `counts larger than a number holds do not trap`() {
        #expect(Histogram(bounds: [1], counts: [.max, .max], sum: 0).count == UInt64.max - 1)
    }
}

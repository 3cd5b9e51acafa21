extension AnswerTool {
    /// A whole answer in which the call of the tool is the text that it stands for.
    package func answer(in completion: Completion) -> Completion {
        var completion = completion
        for index in completion.choices.indices {
            let choice = completion.choices[index]
            let answers = choice.parts.compactMap(self.answer)
            guard let answer = answers.first else { continue }
            var parts = choice.parts.filter { self.answer(of: $0) == nil && !$0.isText }
            if answers.count > 1 || !Turn(.assistant, choice.parts).text.isEmpty {
                completion.losses.append(Self.besides)
            }
            let place = parts.firstIndex(where: \.isCall) ?? parts.endIndex
            parts.insert(.text(TextPart(answer)), at: place)
            completion.choices[index].parts = parts
            if choice.stop == .tool, place == parts.endIndex - 1 { completion.choices[index].stop = .natural }
        }
        return completion
    }

    private func answer(of part: Part) -> String? {
        guard case .toolCall(let call) = part, call.name == name else { return nil }
        return answer(of: call.arguments)
    }
}

/// One answer among those offered.
public struct Choice: Sendable {
    /// What the form sends.
    public let value: String
    /// What the reader sees.
    public let label: Text
    /// An explanation under the label.
    public let support: Text?

    /// An answer that is offered.
    public init(_ value: String, _ label: Text, support: Text? = nil) {
        self.value = value
        self.label = label
        self.support = support
    }
}

/// One answer out of a few (ラジオボタン).
public struct RadioGroup: Component {
    /// The name under which the form sends the answer; letters, digits and hyphens.
    public var name: String
    /// The question, in words.
    public var legend: Text
    /// Whether an answer is needed.
    public var need: Need
    /// Conditions and an example, above the field.
    public var support: Text?
    /// The answers that are offered, in order.
    public var choices: [Choice]
    /// What is chosen already.
    public var selected: String?
    /// What to do about the answer, under the field.
    public var error: Text?
    /// What the label is on its page.
    public var role: LabelRole

    /// A group of radio buttons.
    public init(
        _ name: String, legend: Text, need: Need = .required, support: Text? = nil, choices: [Choice],
        selected: String? = nil, error: Text? = nil, role: LabelRole = .label
    ) {
        self.name = name
        self.legend = legend
        self.need = need
        self.support = support
        self.choices = choices
        self.selected = selected
        self.error = error
        self.role = role
    }

    /// The markup.
    public var html: HTML {
        choiceGroup(
            ControlParts(name: name, support: support, error: error), legend: legend, need: need, role: role,
            type: "radio", choices: choices, selected: selected.map { [$0] } ?? [])
    }
}

/// Any number of answers out of a few (チェックボックス).
public struct CheckboxGroup: Component {
    /// The name under which the form sends the answer; letters, digits and hyphens.
    public var name: String
    /// The question, in words.
    public var legend: Text
    /// Whether an answer is needed.
    public var need: Need
    /// Conditions and an example, above the field.
    public var support: Text?
    /// The answers that are offered, in order.
    public var choices: [Choice]
    /// What is chosen already.
    public var selected: Set<String>
    /// What to do about the answer, under the field.
    public var error: Text?
    /// What the label is on its page.
    public var role: LabelRole

    /// A group of checkboxes.
    public init(
        _ name: String, legend: Text, need: Need = .optional, support: Text? = nil, choices: [Choice],
        selected: Set<String> = [], error: Text? = nil, role: LabelRole = .label
    ) {
        self.name = name
        self.legend = legend
        self.need = need
        self.support = support
        self.choices = choices
        self.selected = selected
        self.error = error
        self.role = role
    }

    /// The markup.
    public var html: HTML {
        choiceGroup(
            ControlParts(name: name, support: support, error: error), legend: legend, need: need, role: role,
            type: "checkbox", choices: choices, selected: selected)
    }
}

private func choiceGroup(
    _ parts: ControlParts, legend: Text, need: Need, role: LabelRole, type: String, choices: [Choice],
    selected: Set<String>
) -> HTML {
    el(.fieldset, parts.groupClass, parts.describedBy) {
        parts.legend(legend, need, role)
        parts.supportHTML
        for (index, choice) in choices.enumerated() {
            choiceLine(parts, type, choice, index, isSelected: selected.contains(choice.value))
        }
        parts.errorHTML
    }
}

/// The first choice has the group's own id, to which the error summary leads (ui rule U6). The error is the group's,
/// told by its `aria-describedby`: a radio button has no `aria-invalid` (WAI-ARIA 1.2).
private func choiceLine(
    _ parts: ControlParts, _ type: String, _ choice: Choice, _ index: Int, isSelected: Bool
) -> HTML {
    let id = index == 0 ? parts.id : "\(parts.id)-\(index + 1)"
    return el(.div, .class("choice")) {
        el(
            .input, .type(type), .id(id), .name(parts.name), .value(choice.value),
            isSelected ? .present("checked") : nil,
            choice.support == nil ? nil : .ariaDescribedBy("\(id)-note"))
        el(.label, .for(id)) { choice.label }
        if let support = choice.support {
            el(.p, .class("support"), .id("\(id)-note")) { support }
        }
    }
}

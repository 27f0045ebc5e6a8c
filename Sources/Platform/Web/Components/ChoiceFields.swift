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
    public var name: String
    public var legend: Text
    public var need: Need
    public var support: Text?
    public var choices: [Choice]
    public var selected: String?
    public var error: Text?
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

    public var html: HTML {
        choiceGroup(
            ControlParts(name: name, support: support, error: error), legend: legend, need: need, role: role,
            type: "radio", choices: choices, selected: selected.map { [$0] } ?? [])
    }
}

/// Any number of answers out of a few (チェックボックス).
public struct CheckboxGroup: Component {
    public var name: String
    public var legend: Text
    public var need: Need
    public var support: Text?
    public var choices: [Choice]
    public var selected: Set<String>
    public var error: Text?
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

/// The first choice has the group's own id, to which the error summary leads (ui rule U6). The error is the group's, told by
/// its `aria-describedby`: a radio button has no `aria-invalid` (WAI-ARIA 1.2).
private func choiceLine(_ parts: ControlParts, _ type: String, _ choice: Choice, _ index: Int, isSelected: Bool) -> HTML {
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

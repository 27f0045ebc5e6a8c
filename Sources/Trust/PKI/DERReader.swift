package import Foundation
package import SwiftASN1

/// Reads the children of one constructed DER element in order, and refuses what is left over.
package struct DERReader {
    private var nodes: ArraySlice<ASN1Node>

    /// The children of `node`, whose identifier octet must be `tag`.
    package init(_ node: ASN1Node, tag: UInt8 = 0x30) throws(PKIError) {
        guard node.encodedBytes.first == tag, case .constructed(let children) = node.content else {
            throw PKIError(.malformed, "another element was expected")
        }
        nodes = Array(children)[...]
    }

    /// The children of the element that `bytes` hold, all of them.
    package init(_ bytes: some Collection<UInt8>, tag: UInt8 = 0x30) throws(PKIError) {
        try self.init(Self.parse(bytes), tag: tag)
    }

    /// The one element that `bytes` hold; refuses bytes after it.
    package static func parse(_ bytes: some Collection<UInt8>) throws(PKIError) -> ASN1Node {
        guard bytes.count <= 64 << 20 else { throw PKIError(.malformed, "more than 64 MiB") }
        return try reading("not DER") { try DER.parse(Array(bytes)) }
    }

    /// Whether every child was read.
    package var isAtEnd: Bool { nodes.isEmpty }

    /// The next child, whatever it is.
    package mutating func next() throws(PKIError) -> ASN1Node {
        guard let node = nodes.popFirst() else { throw PKIError(.malformed, "an element is missing") }
        return node
    }

    /// The next child, whose identifier octet must be `tag`.
    package mutating func next(_ tag: UInt8) throws(PKIError) -> ASN1Node {
        guard let node = optional(tag) else { throw PKIError(.malformed, "an element is missing") }
        return node
    }

    /// The next child if its identifier octet is `tag`.
    package mutating func optional(_ tag: UInt8) -> ASN1Node? {
        nodes.first?.encodedBytes.first == tag ? nodes.popFirst() : nil
    }

    /// Refuses children that were not read.
    package func finish() throws(PKIError) {
        guard nodes.isEmpty else { throw PKIError(.malformed, "an element too many") }
    }

    /// The only child of an explicitly tagged element.
    package static func only(_ node: ASN1Node, tag: UInt8) throws(PKIError) -> ASN1Node {
        var reader = try DERReader(node, tag: tag)
        let child = try reader.next()
        try reader.finish()
        return child
    }
}

extension ASN1Node {
    /// The element's own bytes, identifier and length included.
    package var der: [UInt8] { Array(encodedBytes) }

    /// The contents of a primitive element with identifier octet `tag`.
    package func contents(_ tag: UInt8) throws(PKIError) -> [UInt8] {
        guard encodedBytes.first == tag, case .primitive(let bytes) = content else {
            throw PKIError(.malformed, "another element was expected")
        }
        return Array(bytes)
    }

    /// An OBJECT IDENTIFIER.
    package func objectIdentifier() throws(PKIError) -> ASN1ObjectIdentifier {
        try reading("not an object identifier") { try ASN1ObjectIdentifier(derEncoded: self) }
    }

    /// The octets of a BIT STRING without unused bits.
    package func wholeBits() throws(PKIError) -> [UInt8] {
        let bytes = try contents(0x03)
        guard bytes.first == 0 else { throw PKIError(.malformed, "a bit string with unused bits") }
        return Array(bytes.dropFirst())
    }

    /// A small INTEGER or ENUMERATED (identifier octet `tag`) from 0 to 127.
    package func small(_ tag: UInt8) throws(PKIError) -> Int {
        let bytes = try contents(tag)
        guard bytes.count == 1, bytes[0] < 0x80 else { throw PKIError(.malformed, "a number out of range") }
        return Int(bytes[0])
    }

    /// Text of a UTF8String, PrintableString or IA5String.
    package func text() throws(PKIError) -> String {
        guard let tag = encodedBytes.first, [0x0C, 0x13, 0x16].contains(tag),
            let text = String(validating: try contents(tag), as: UTF8.self)
        else { throw PKIError(.malformed, "not a text") }
        return text
    }

    /// A UTCTime or GeneralizedTime of whole seconds.
    package func time() throws(PKIError) -> Date {
        let seconds = try reading("not a time") {
            guard encodedBytes.first == 0x17 else { return try Self.epoch(GeneralizedTime(derEncoded: self)) }
            return try Self.epoch(UTCTime(derEncoded: self))
        }
        return Date(timeIntervalSince1970: TimeInterval(seconds))
    }

    private static func epoch(_ time: UTCTime) -> Int {
        CivilSeconds.epoch(
            year: time.year, month: time.month, day: time.day,
            hour: time.hours, minute: time.minutes, second: time.seconds)
    }

    private static func epoch(_ time: GeneralizedTime) throws(PKIError) -> Int {
        guard time.rawFractionalSeconds.isEmpty else { throw PKIError(.malformed, "a fraction of a second") }
        return CivilSeconds.epoch(
            year: time.year, month: time.month, day: time.day,
            hour: time.hours, minute: time.minutes, second: time.seconds)
    }
}

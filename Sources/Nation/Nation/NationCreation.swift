public import Foundation
public import Values

extension NationFolder {
    /// Makes an empty nation: configuration and keys. The folder appears whole or not at all.
    ///
    /// - Throws: ``NationError/Code/exists`` when there is something in the folder already.
    public static func create(
        _ configuration: NationConfiguration, at root: URL, wall: Instant
    ) async throws
        -> NationFolder
    {
        let contents = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        guard contents.isEmpty else {
            throw NationError(.exists, "\(root.path) is not empty; choose another folder or remove it")
        }
        let folder = NationFolder(root)
        try folder.makeFolder(root)
        do {
            try await folder.makeKeys(configuration, wall: wall)
            try folder.makeFolder(folder.wallet)
            try FileClock.set(.running(from: configuration.referenceDate.noon, at: wall), in: folder)
            try folder.write(configuration)
        } catch {
            try? FileManager.default.removeItem(at: root)
            throw error
        }
        return folder
    }
}

extension CivilDate {
    /// Twelve o'clock in Japan.
    var noon: Instant { firstInstant + .seconds(12 * 3600) }
}

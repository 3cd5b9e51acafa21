import Glibc

/// Says in words why a system call failed.
enum SystemReason {
    /// The words for `errno` as it is now.
    static func last() -> String { describe(errno) }

    /// The words for `code`, of those that files and folders meet.
    static func describe(_ code: Int32) -> String {
        switch code {
        case EACCES, EPERM: "permission denied"
        case EROFS: "the file system is read-only"
        case ENOSPC, EDQUOT: "no space is left"
        case ENOTDIR: "a part of the path is not a folder"
        case ENOENT: "it does not exist"
        case ENAMETOOLONG: "the name is too long"
        case EMFILE, ENFILE: "too many files are open"
        case EIO: "the disk reports an error"
        default: "system error \(code)"
        }
    }
}

/// Bytes that no packer wrote.
package struct DamagedBlock: Error, Equatable {}

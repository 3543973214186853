package io.github.qosrl.core.policy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file of 32-bit floats: the length of the header (unsigned 64 bit, little-endian),
 * the header (JSON: for each tensor its dtype, shape and data offsets; text under {@code
 * __metadata__}), then the tensors' values without gaps, little-endian.
 *
 * <p>Reading trusts nothing: every length is bounded before anything of that length is allocated.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {

  /** The longest header that is read. */
  static final int MAX_HEADER = 1 << 20;

  /** The most data that is read, in bytes. */
  static final int MAX_DATA = 64 << 20;

  private static final int ALIGNMENT = 8;

  /** One tensor. The array is not copied. */
  @SuppressWarnings("ArrayRecordComponent") // internal, and never compared
  record Tensor(int[] shape, float[] values) {}

  Safetensors {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads a file to its end.
   *
   * @throws IOException if it cannot be read, or is not such a file; the message says which
   */
  static Safetensors read(InputStream in) throws IOException {
    byte[] prefix = in.readNBytes(Long.BYTES);
    if (prefix.length < Long.BYTES) {
      throw new EOFException("it ends after %d bytes".formatted(prefix.length));
    }
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER) {
      throw new IOException(
          "it is not a safetensors file: header length %s; accepted: 2 to %d"
              .formatted(Long.toUnsignedString(length), MAX_HEADER));
    }
    byte[] header = in.readNBytes((int) length);
    if (header.length < length) {
      throw new EOFException(
          "it is truncated: %d of the header's %d bytes".formatted(header.length, length));
    }
    SafetensorsHeader parsed = SafetensorsHeader.parse(text(header));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (SafetensorsHeader.Entry entry : parsed.inFileOrder()) {
      tensors.put(entry.name(), new Tensor(entry.shape(), values(in, entry)));
    }
    if (in.read() >= 0) {
      throw new IOException("bytes follow the last tensor");
    }
    return new Safetensors(parsed.metadata(), tensors);
  }

  private static String text(byte[] header) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("it is not a safetensors file: the header is not UTF-8 text", e);
    }
  }

  private static float[] values(InputStream in, SafetensorsHeader.Entry entry) throws IOException {
    byte[] bytes = in.readNBytes(entry.bytes());
    if (bytes.length < entry.bytes()) {
      throw new EOFException(
          "it is truncated: %d of the %d bytes of tensor '%s'"
              .formatted(bytes.length, entry.bytes(), entry.name()));
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    for (float v : values) {
      if (!Float.isFinite(v)) {
        throw new IOException("tensor '%s' holds %s".formatted(entry.name(), v));
      }
    }
    return values;
  }

  /** Writes a file that any safetensors reader loads. */
  void write(OutputStream out) throws IOException {
    byte[] header = SafetensorsHeader.format(metadata, tensors).getBytes(StandardCharsets.UTF_8);
    int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded).put(header);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    out.write(buffer.array());
    for (Tensor tensor : tensors.values()) {
      ByteBuffer data =
          ByteBuffer.allocate(tensor.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      data.asFloatBuffer().put(tensor.values());
      out.write(data.array());
    }
  }
}

package io.github.qosrl.probes.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order. */
final class Bytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  static int uint8(byte[] data, int at) {
    return data[at] & 0xff;
  }

  static int uint16(byte[] data, int at) {
    return (short) SHORT.get(data, at) & 0xffff;
  }

  static int int32(byte[] data, int at) {
    return (int) INT.get(data, at);
  }

  static long int64(byte[] data, int at) {
    return (long) LONG.get(data, at);
  }
}

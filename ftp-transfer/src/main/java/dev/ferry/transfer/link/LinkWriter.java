package dev.ferry.transfer.link;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.FrameHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** The writing half of a {@link Link}. The lock spans a frame, so that frames go out whole. */
final class LinkWriter {
  private static final int SMALL = 4 << 10;
  private static final int COPIED = 32 << 10;

  private final Transport transport;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer[] gather = new ByteBuffer[2];
  private ByteBuffer out = ByteBuffer.allocate(SMALL);

  LinkWriter(Transport transport) {
    this.transport = transport;
  }

  void send(ByteBuffer frame) throws IOException {
    lock.lock();
    try {
      append(frame);
    } finally {
      lock.unlock();
    }
  }

  void sendData(DataHeader header, ByteBuffer content) throws IOException {
    lock.lock();
    try {
      if (out.remaining() < FrameHeader.BYTES + DataHeader.LAST_BYTES) {
        drain();
      }
      header.write(out, content.remaining());
      append(content);
    } finally {
      lock.unlock();
    }
  }

  void flush() throws IOException {
    lock.lock();
    try {
      drain();
    } finally {
      lock.unlock();
    }
  }

  /** Sends ALIVE unless another thread is writing, which is a sign of life by itself. */
  void alive() throws IOException {
    if (lock.tryLock()) {
      try {
        append(FrameCodec.encode(new Frame.Alive()));
        drain();
      } finally {
        lock.unlock();
      }
    }
  }

  void bulk(boolean on) throws IOException {
    lock.lock();
    try {
      drain();
      if (out.isDirect()) {
        Buffers.LINKS.give(out);
      }
      out = on ? Buffers.LINKS.take() : ByteBuffer.allocate(SMALL);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream in order, unless another thread is writing. */
  void end() throws IOException {
    if (lock.tryLock()) {
      try {
        transport.end();
      } finally {
        lock.unlock();
      }
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() > out.remaining() && bytes.remaining() < COPIED) {
      drain();
    }
    if (bytes.remaining() <= out.remaining() && bytes.remaining() < COPIED) {
      out.put(bytes);
      return;
    }
    gather[0] = out.flip();
    gather[1] = bytes;
    transport.write(gather);
    out.clear();
  }

  private void drain() throws IOException {
    if (out.position() > 0) {
      transport.write(out.flip());
      out.clear();
    }
  }
}

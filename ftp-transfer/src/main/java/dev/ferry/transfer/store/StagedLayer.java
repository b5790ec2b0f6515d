package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A staged file that does what another one does, but for what is overridden. */
public class StagedLayer implements Staged {
  private final Staged staged;

  /**
   * Over this one, which is closed with it.
   *
   * @param staged does what is not overridden
   */
  protected StagedLayer(Staged staged) {
    this.staged = staged;
  }

  @Override
  public String name() {
    return staged.name();
  }

  @Override
  public long size() throws IOException {
    return staged.size();
  }

  @Override
  public int read(ByteBuffer buffer, long position) throws IOException {
    return staged.read(buffer, position);
  }

  @Override
  public void write(ByteBuffer buffer, long position) throws IOException {
    staged.write(buffer, position);
  }

  @Override
  public boolean lock() throws IOException {
    return staged.lock();
  }

  @Override
  public void truncate(long size) throws IOException {
    staged.truncate(size);
  }

  @Override
  public void setAttributes(long mtimeNanos, int mode) throws IOException {
    staged.setAttributes(mtimeNanos, mode);
  }

  @Override
  public void force() throws IOException {
    staged.force();
  }

  @Override
  public void publish(TreePath target, Replace how) throws IOException {
    staged.publish(target, how);
  }

  @Override
  public void keep() {
    staged.keep();
  }

  @Override
  public void close() {
    staged.close();
  }
}

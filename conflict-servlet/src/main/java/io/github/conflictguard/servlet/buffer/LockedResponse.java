package io.github.conflictguard.servlet.buffer;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.PrintWriter;

/** A response that the application's thread and the timer's never use at the same time. */
final class LockedResponse extends LockedHead {

  LockedResponse(BufferedResponse response, ResponseLock lock) {
    super(response, lock);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    lock.enter();
    try {
      super.sendError(status, message);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void sendError(int status) throws IOException {
    lock.enter();
    try {
      super.sendError(status);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    lock.enter();
    try {
      super.sendRedirect(location);
    } finally {
      lock.exit();
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    lock.enter();
    try {
      return super.getOutputStream();
    } finally {
      lock.exit();
    }
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    lock.enter();
    try {
      return super.getWriter();
    } finally {
      lock.exit();
    }
  }

  @Override
  public void setBufferSize(int size) {
    lock.enter();
    try {
      super.setBufferSize(size);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void flushBuffer() throws IOException {
    lock.enter();
    try {
      super.flushBuffer();
    } finally {
      lock.exit();
    }
  }

  @Override
  public void resetBuffer() {
    lock.enter();
    try {
      super.resetBuffer();
    } finally {
      lock.exit();
    }
  }

  @Override
  public boolean isCommitted() {
    lock.enter();
    try {
      return super.isCommitted();
    } finally {
      lock.exit();
    }
  }

  @Override
  public void reset() {
    lock.enter();
    try {
      super.reset();
    } finally {
      lock.exit();
    }
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    lock.enter();
    try {
      super.sendRedirect(location, status, clearBuffer);
    } finally {
      lock.exit();
    }
  }
}

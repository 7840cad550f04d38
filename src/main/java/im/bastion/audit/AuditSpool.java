// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bounded file of records, written at its end and read from its front, that a crash at any moment cannot spoil: every
 * record carries its length and CRC ({@link SpoolFrame}), and what is damaged is stepped over and counted. Each
 * {@link #append} is on the disk (fsync) when it returns. The file is opened when first needed, and again after a failure.
 * Thread-safe. Must not be used by an interrupted thread: that would close the file.
 */
final class AuditSpool implements AutoCloseable {
    private static final int WINDOW_BYTES = 8 * SpoolFrame.MAX_BYTES;

    /**
     * Records read but not yet confirmed.
     *
     * @param end where the next ones begin
     * @param damagedBytes stepped over before and between them
     */
    record Records(List<byte[]> payloads, long end, long damagedBytes) {}

    private final Path file;
    private final long maxBytes;
    private FileChannel channel;
    private boolean closed;
    private long readPosition;
    private long writePosition;

    AuditSpool(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /** Adds the records, all or none. False when there is no room for them. */
    synchronized boolean append(List<byte[]> payloads) throws IOException {
        open();
        ByteBuffer frames = SpoolFrame.encode(payloads);
        if (writePosition + frames.remaining() > maxBytes) {
            return false;
        }
        write(frames);
        return true;
    }

    /** Adds one record even when there is no room for it. */
    synchronized void appendBeyondTheLimit(byte[] payload) throws IOException {
        open();
        write(SpoolFrame.encode(List.of(payload)));
    }

    /** The oldest records that are not confirmed, at most that many; the same ones until they are. */
    synchronized Records read(int max) throws IOException {
        if (channel == null && !Files.exists(file)) {
            return new Records(List.of(), 0, 0);
        }
        open();
        ByteBuffer window = window();
        List<byte[]> payloads = new ArrayList<>();
        long damaged = 0;
        while (payloads.size() < max && window.hasRemaining()) {
            byte[] payload = SpoolFrame.decode(window);
            if (payload != null) {
                payloads.add(payload);
            } else if (isCutOff(window)) {
                break;
            } else {
                window.get();
                damaged++;
            }
        }
        return new Records(payloads, readPosition + window.position(), damaged);
    }

    /** Records up to that end need not be read again. */
    synchronized void confirm(long end) {
        readPosition = Math.max(readPosition, Math.min(end, writePosition));
    }

    /** Bytes not yet confirmed. */
    synchronized long waitingBytes() {
        return writePosition - readPosition;
    }

    /** Empties the file when all is confirmed. */
    synchronized void trim() throws IOException {
        if (channel != null && writePosition > 0 && readPosition == writePosition) {
            channel.truncate(0);
            readPosition = 0;
            writePosition = 0;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    private void open() throws IOException {
        if (channel != null && channel.isOpen()) {
            return;
        }
        if (closed) {
            throw new IOException(file + " was closed");
        }
        Files.createDirectories(file.getParent());
        FileChannel opened = FileChannel.open(file, CREATE, READ, WRITE);
        if (!lock(opened)) {
            opened.close();
            throw new IOException(file + " is in use by another Bastion");
        }
        channel = opened;
        writePosition = opened.size();
        readPosition = Math.min(readPosition, writePosition);
    }

    /** Keeps another process, or an instance of this class that was not closed, from using the file as well. */
    private static boolean lock(FileChannel opened) throws IOException {
        try {
            return opened.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void write(ByteBuffer frames) throws IOException {
        long position = writePosition;
        try {
            while (frames.hasRemaining()) {
                position += channel.write(frames, position);
            }
            channel.force(false);
            writePosition = position;
        } catch (IOException e) {
            // The reader would step over half a record, but would then report damage where there is none.
            channel.truncate(writePosition);
            throw e;
        }
    }

    /** What may be read now, from the read position on. */
    private ByteBuffer window() throws IOException {
        ByteBuffer window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, writePosition - readPosition));
        while (window.hasRemaining()) {
            if (channel.read(window, readPosition + window.position()) < 0) {
                throw new IOException(file + " is shorter than it was: somebody else has cut it");
            }
        }
        return window.flip();
    }

    /** Whether a record may go on behind the window; not when the window is the whole rest of the file. */
    private boolean isCutOff(ByteBuffer window) {
        return window.remaining() < SpoolFrame.MAX_BYTES && readPosition + window.limit() < writePosition;
    }
}

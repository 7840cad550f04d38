// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * The calls of Linux's C library that NIO does not offer, with numbers for pointers: no object is made for a call. Layouts and
 * constants are those that x86-64 and aarch64 share.
 */
final class Libc {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOL_SOCKET = 1;
    static final int SO_TYPE = 3;
    static final int SOCK_DGRAM = 2;
    /** {@code SOL_UDP} with {@code UDP_SEGMENT}: the system cuts one send into datagrams of that size. */
    static final int SOL_UDP = 17;

    static final int UDP_SEGMENT = 103;
    /** Datagrams of one sender and size may come as one, with their size beside it. */
    static final int UDP_GRO = 104;

    static final int MSG_DONTWAIT = 0x40;
    static final int EAGAIN = 11;
    static final int EINTR = 4;
    static final int ENOBUFS = 105;

    private static final String NAME = "c";
    /** JNA's thread frees what is forgotten, and would outlive the plugin by half a minute. We forget nothing. */
    private static final String CLEANER = "JNA Cleaner";

    /** Binds the calls, once for a class loader: JNA does not give back all that this takes. */
    private static final Set<Integer> FILES = bound();

    private Libc() {}

    static native int recvmmsg(int descriptor, long messages, int count, int flags, long timeout);

    static native int sendmmsg(int descriptor, long messages, int count, int flags);

    static native int getsockname(int descriptor, long address, long length);

    static native int getsockopt(int descriptor, int level, int option, long value, long length);

    static native int setsockopt(int descriptor, int level, int option, long value, int length);

    static native int dup(int descriptor);

    static native int close(int descriptor);

    private static Set<Integer> bound() {
        Set<Integer> before = LibffiFiles.open();
        Native.register(Libc.class, library());
        Set<Integer> opened = LibffiFiles.open();
        opened.removeAll(before);
        return opened;
    }

    /** The same one until it is closed. */
    private static NativeLibrary library() {
        return NativeLibrary.getInstance(NAME, Libc.class.getClassLoader());
    }

    /**
     * Takes back what would outlive the class loader: the binding, JNA's thread, and the file that its libffi took memory
     * from and leaves open when it is unloaded. Nothing of this class works afterwards.
     */
    static void release() {
        FILES.forEach(Libc::close);
        Native.unregister(Libc.class);
        library().close();
        ClassLoader loader = NativeLibrary.class.getClassLoader();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().equals(CLEANER) && thread.getClass().getClassLoader() == loader)
                .forEach(Thread::interrupt);
    }

    /** What the last call of this thread failed with. */
    static int error() {
        return Native.getLastError();
    }

    /** Where a direct buffer begins. */
    static long addressOf(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }
}

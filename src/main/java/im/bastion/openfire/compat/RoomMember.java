// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.HostException;
import java.lang.invoke.MethodHandle;

/** A member of the room classes, called without naming their types. */
final class RoomMember {
    private final String name;
    private final MethodHandle handle;

    /** @param handle null where the host has no such member */
    RoomMember(String name, MethodHandle handle) {
        this.name = name;
        this.handle = handle == null ? null : handle.asType(handle.type().generic());
    }

    boolean isPresent() {
        return handle != null;
    }

    Object of(Object receiver) {
        try {
            return bound().invokeExact(receiver);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    Object of(Object receiver, Object argument) {
        try {
            return bound().invokeExact(receiver, argument);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** For what is called rarely and takes more. */
    Object with(Object... receiverAndArguments) {
        try {
            return bound().invokeWithArguments(receiverAndArguments);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private MethodHandle bound() {
        if (handle == null) {
            throw new HostException("This server has no " + name);
        }
        return handle;
    }

    private HostException failed(Throwable e) {
        if (e instanceof VirtualMachineError error) {
            throw error;
        }
        return e instanceof HostException known ? known : new HostException(name + " failed", e);
    }
}

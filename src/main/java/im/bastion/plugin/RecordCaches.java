// SPDX-License-Identifier: Apache-2.0
package im.bastion.plugin;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import org.slf4j.LoggerFactory;

/**
 * Makes Java forget the record it compared, hashed or printed first most recently.
 *
 * <p>Java 17 keeps, in static method handles behind every record's methods, the types it adapted them to last. When those
 * are a plugin's, its class loader outlives it. Asking for the methods of a class of Java's own replaces them.
 */
final class RecordCaches {
    private RecordCaches() {}

    /** To be called last: any record used afterwards may be remembered again. */
    static void forget() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle component = lookup.findVirtual(String.class, "trim", MethodType.methodType(String.class));
            for (String method : new String[] {"equals", "hashCode", "toString"}) {
                ObjectMethods.bootstrap(lookup, method, MethodHandle.class, String.class, "trim", component);
            }
        } catch (Throwable e) {
            // Another Java may want other arguments; one class loader stays until its records are replaced.
            LoggerFactory.getLogger(RecordCaches.class).debug("Record methods stay cached", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.host.Traffic;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the encryption policy costs a message that passes; {@code nothing} has no guard. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class EncryptionMessageBenchmark {
    /** What comes in. */
    @Param({"chat-state", "omemo-legacy", "omemo-2"})
    public String stanza;

    private EncryptionSite site;

    @Setup
    public void setUp() {
        site = new EncryptionSite(stanza);
    }

    @TearDown
    public void tearDown() {
        site.close();
    }

    /** It is looked at. */
    @Benchmark
    public Traffic.Stop underPolicy() {
        return site.enter();
    }

    /** The baseline. */
    @Benchmark
    public Traffic.Stop nothing() {
        return site.enterUnguarded();
    }
}

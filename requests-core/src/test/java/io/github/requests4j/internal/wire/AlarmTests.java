package io.github.requests4j.internal.wire;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class AlarmTests {

	@Test
	void runsItsActionOnceAndNotBeforeItIsDue() throws Exception {
		AtomicInteger runs = new AtomicInteger();
		CountDownLatch ran = new CountDownLatch(1);
		long start = System.nanoTime();
		Alarm alarm = new Alarm(() -> {
			runs.incrementAndGet();
			ran.countDown();
		});
		alarm.set(Duration.ofMillis(20).toNanos());
		ran.await();
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
		CountDownLatch later = new CountDownLatch(1);
		new Alarm(later::countDown).set(Duration.ofMillis(20).toNanos());
		later.await();
		assertThat(runs).hasValue(1);
	}

	@Test
	void doesNotRunAfterItWasStopped() throws Exception {
		AtomicInteger runs = new AtomicInteger();
		Alarm alarm = new Alarm(runs::incrementAndGet);
		alarm.set(Duration.ofMillis(20).toNanos());
		alarm.stop();
		CountDownLatch later = new CountDownLatch(1);
		new Alarm(later::countDown).set(Duration.ofMillis(40).toNanos());
		later.await();
		assertThat(runs).hasValue(0);
	}

	@Test
	void actionCanSetItAgain() throws Exception {
		CountDownLatch ran = new CountDownLatch(3);
		AtomicReference<Alarm> self = new AtomicReference<>();
		Alarm alarm = new Alarm(() -> {
			ran.countDown();
			if (ran.getCount() > 0) {
				self.get().set(1);
			}
		});
		self.set(alarm);
		alarm.set(1);
		ran.await();
	}

	@Test
	void failingActionDoesNotEndTheOthers() throws Exception {
		new Alarm(() -> {
			throw new IllegalStateException("An alarm that fails");
		}).set(1);
		CountDownLatch later = new CountDownLatch(1);
		new Alarm(later::countDown).set(Duration.ofMillis(20).toNanos());
		later.await();
	}

}

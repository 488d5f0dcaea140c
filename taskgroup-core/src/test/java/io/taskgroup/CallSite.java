package io.taskgroup;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

/** Where a {@link BlockingCall} is made: what it needs, and what must be closed after it. */
final class CallSite implements AutoCloseable {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final Deque<Closeable> opened = new ArrayDeque<>();
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private ServerSocket server;

    /** The next thing that the calling thread does is the call. */
    void arrive() {
        arrived.countDown();
    }

    void awaitArrival() throws InterruptedException {
        arrived.await();
    }

    /** Returns what is given to a call that does not notice an interrupt, once its task was asked to stop. */
    CompletableFuture<String> answer() {
        answer.complete("answer");
        return answer;
    }

    /** Returns a future that has its value after {@link #answer}. */
    CompletableFuture<String> answered() {
        return answer;
    }

    synchronized <T extends Closeable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    ExecutorService ending(ExecutorService executor) {
        closing(executor::shutdownNow);
        return executor;
    }

    /** Returns the address of a server that takes a connection, says that the caller has arrived, and is then silent. */
    InetSocketAddress silentServer() throws IOException {
        server = closing(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread accepting = new Thread(this::accept, "silent server");
        accepting.setDaemon(true);
        accepting.start();
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        try {
            Socket connection = closing(server.accept());
            arrive();
            answer.thenAccept(text -> send(connection, text));
        } catch (IOException e) {
            arrive(); // the test is over, or fails because nobody is blocked
        }
    }

    private static void send(Socket connection, String text) {
        try {
            connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the task was interrupted, and leaves the flag set. */
    void awaitInterrupt() {
        arrive();
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (Closeable resource : opened) {
            resource.close();
        }
    }
}

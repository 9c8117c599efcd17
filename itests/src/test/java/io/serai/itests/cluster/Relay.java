package io.serai.itests.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sits between one client and a port of a node, and records what the client sends. */
final class Relay implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<byte[]> recorded = new CompletableFuture<>();

    Relay(int port) throws IOException {
        threads.execute(() -> relay(port));
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns what the client has sent, once it has ended. */
    byte[] recorded() {
        return recorded.join();
    }

    private void relay(int port) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (Socket client = server.accept();
                Socket node = new Socket(InetAddress.getLoopbackAddress(), port)) {
            threads.execute(() -> answer(node, client));
            copy(client.getInputStream(), node.getOutputStream(), record);
        } catch (IOException e) {
            // one of both has hung up
        } finally {
            recorded.complete(record.toByteArray());
        }
    }

    private static void answer(Socket node, Socket client) {
        try {
            node.getInputStream().transferTo(client.getOutputStream());
            client.close();
        } catch (IOException e) {
            // one of both has hung up
        }
    }

    private static void copy(InputStream in, OutputStream out, OutputStream record) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            record.write(buffer, 0, count);
            out.write(buffer, 0, count);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}

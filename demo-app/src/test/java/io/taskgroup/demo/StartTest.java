package io.taskgroup.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What a visitor reads who starts the application. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class StartTest {
    @Test
    void theAddressOfThePageIsTheLastLine(CapturedOutput printed) {
        try (ConfigurableApplicationContext desk = start(0)) {
            String port = desk.getEnvironment().getRequiredProperty("local.server.port");

            assertThat(lastLine(printed)).endsWith("The trip desk is open: http://127.0.0.1:" + port + "/");
        }
    }

    @Test
    void aTakenPortIsToldInOneLine(CapturedOutput printed) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> start(port)).hasStackTraceContaining("Port " + port + " is already in use");

            assertThat(lastLine(printed)).contains("ERROR").contains("Port " + port + " is taken.");
            assertThat(printed.toString())
                    .doesNotContain("APPLICATION FAILED TO START")
                    .doesNotContain("WARN");
        }
    }

    private static ConfigurableApplicationContext start(int port) {
        return SpringApplication.run(DemoApplication.class, "--server.port=" + port);
    }

    private static String lastLine(CapturedOutput printed) {
        String[] lines = printed.getOut().strip().split("\n");
        return lines[lines.length - 1].strip();
    }
}

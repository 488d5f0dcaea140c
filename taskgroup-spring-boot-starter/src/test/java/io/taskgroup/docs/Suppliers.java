package io.taskgroup.docs;

import java.util.List;
import org.springframework.stereotype.Component;

/** Stands for three calls over the network. */
@Component
class Suppliers {
    String product() throws InterruptedException {
        Thread.sleep(1000);
        return "teapot";
    }

    int stock() throws InterruptedException {
        Thread.sleep(1000);
        return 12;
    }

    List<String> reviews() throws InterruptedException {
        Thread.sleep(1000);
        return List.of("pours well");
    }
}

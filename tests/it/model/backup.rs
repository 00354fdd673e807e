//! Backup and restore.

use verdict::app::App;
use verdict::config::Config;

use super::consent::List;
use super::world::World;
use crate::backup;

/// The model's state at the backup.
pub(super) struct Backup {
    list: List,
    slugs: Vec<String>,
}

impl World {
    pub(super) fn back_up(&mut self) {
        backup::back_up(&self.app);
        self.backup = Some(Backup {
            list: self.list.clone(),
            slugs: self.slugs.clone(),
        });
    }

    /// Restores the backup, and opens the instance as the next command does.
    pub(super) async fn restore(&mut self) {
        let Some(backup) = self.backup.take() else {
            return;
        };
        self.tell("the backup is restored");
        backup::put_back(&self.app);
        let dir = self.app.dir.path();
        let config = Config::load(dir, |_| None).unwrap();
        let opened = App::with_config(dir, config, self.app.clock.clone());
        opened.await.unwrap().store.close().await;
        self.list.restore(&backup.list);
        self.slugs.clone_from(&backup.slugs);
        // Mails sent since then are sent again.
        self.copies.clear();
        self.backup = Some(backup);
    }
}
